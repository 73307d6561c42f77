import alteredExpiry from './altered-expiry.yaml';
import blockedApplication from './blocked-application.yaml';
import blockedCard from './blocked-card.yaml';
import combinedAuthentication from './combined-authentication.yaml';
import creditCard from './credit-card.yaml';
import dualAlgorithm from './dual-algorithm.yaml';
import dynamicAuthentication from './dynamic-authentication.yaml';
import emptyPurse from './empty-purse.yaml';
import expired from './expired.yaml';
import expiredCertificate from './expired-certificate.yaml';
import expiredIssuerCertificate from './expired-issuer-certificate.yaml';
import foreignCurrency from './foreign-currency.yaml';
import garbageCard from './garbage-card.yaml';
import lostCard from './lost-card.yaml';
import newCard from './new-card.yaml';
import notYetValid from './not-yet-valid.yaml';
import oldCardPboc2 from './old-card-pboc2.yaml';
import panMismatch from './pan-mismatch.yaml';
import pinBlocked from './pin-blocked.yaml';
import pinCard from './pin-card.yaml';
import prepaid from './prepaid.yaml';
import revokedIssuerCertificate from './revoked-issuer-certificate.yaml';
import secondCurrencyPurse from './second-currency-purse.yaml';
import serviceCard51 from './service-card-51.yaml';
import serviceCard51RuralCredit from './service-card-51-rural-credit.yaml';
import serviceCard51Sm from './service-card-51-sm.yaml';
import signatureCard from './signature-card.yaml';
import slowCard from './slow-card.yaml';
import smallPayment from './small-payment.yaml';
import staticAuthentication from './static-authentication.yaml';
import track2Mismatch from './track-2-mismatch.yaml';
import transportCard from './transport-card.yaml';
import twoApplications from './two-applications.yaml';
import unknownAuthority from './unknown-authority.yaml';
import usedCard from './used-card.yaml';
import wornOut from './worn-out.yaml';
import wrongCardCertificate from './wrong-card-certificate.yaml';
import wrongIssuerCertificate from './wrong-issuer-certificate.yaml';
import wrongSignature from './wrong-signature.yaml';
import wrongSignatureSm from './wrong-signature-sm.yaml';
import wrongStaticSignature from './wrong-static-signature.yaml';

/** The texts of the profiles by their names, good cards first. */
export const builtInProfiles: Readonly<Record<string, string>> = {
  'service-card-51': serviceCard51,
  'service-card-51-rural-credit': serviceCard51RuralCredit,
  'service-card-51-sm': serviceCard51Sm,
  'dual-algorithm': dualAlgorithm,
  'used-card': usedCard,
  'new-card': newCard,
  'credit-card': creditCard,
  prepaid,
  'two-applications': twoApplications,
  'transport-card': transportCard,
  'second-currency-purse': secondCurrencyPurse,
  'foreign-currency': foreignCurrency,
  'small-payment': smallPayment,
  'signature-card': signatureCard,
  'pin-card': pinCard,
  'pin-blocked': pinBlocked,
  'static-authentication': staticAuthentication,
  'dynamic-authentication': dynamicAuthentication,
  'combined-authentication': combinedAuthentication,
  'old-card-pboc2': oldCardPboc2,
  'empty-purse': emptyPurse,
  'lost-card': lostCard,
  expired,
  'not-yet-valid': notYetValid,
  'blocked-application': blockedApplication,
  'blocked-card': blockedCard,
  'worn-out': wornOut,
  'expired-certificate': expiredCertificate,
  'expired-issuer-certificate': expiredIssuerCertificate,
  'revoked-issuer-certificate': revokedIssuerCertificate,
  'wrong-issuer-certificate': wrongIssuerCertificate,
  'unknown-authority': unknownAuthority,
  'wrong-card-certificate': wrongCardCertificate,
  'wrong-signature': wrongSignature,
  'wrong-signature-sm': wrongSignatureSm,
  'wrong-static-signature': wrongStaticSignature,
  'pan-mismatch': panMismatch,
  'track-2-mismatch': track2Mismatch,
  'altered-expiry': alteredExpiry,
  'slow-card': slowCard,
  'garbage-card': garbageCard,
};
