/** Whether a host is this machine only, where test cards do no harm. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
