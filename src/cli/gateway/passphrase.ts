/** What seals the keys in a back-up: from the environment, where no list of processes shows it. */
export const passphraseFrom = (environment: NodeJS.ProcessEnv): string | undefined =>
  environment.YONGTAP_BACKUP_PASSPHRASE || undefined;
