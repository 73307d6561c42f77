import emptyPurse from './empty-purse.yaml';
import expiredCertificate from './expired-certificate.yaml';
import lostCard from './lost-card.yaml';
import oldCardPboc2 from './old-card-pboc2.yaml';
import serviceCard51 from './service-card-51.yaml';
import serviceCard51RuralCredit from './service-card-51-rural-credit.yaml';
import smallPayment from './small-payment.yaml';
import twoApplications from './two-applications.yaml';
import wrongSignature from './wrong-signature.yaml';

/** The texts of the profiles by their names. */
export const builtInProfiles: Readonly<Record<string, string>> = {
  'service-card-51': serviceCard51,
  'service-card-51-rural-credit': serviceCard51RuralCredit,
  'old-card-pboc2': oldCardPboc2,
  'expired-certificate': expiredCertificate,
  'wrong-signature': wrongSignature,
  'empty-purse': emptyPurse,
  'lost-card': lostCard,
  'small-payment': smallPayment,
  'two-applications': twoApplications,
};
