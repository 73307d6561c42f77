/** How the sources become JavaScript, whatever is built of them. */
export const bundling = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  loader: { '.yaml': 'text' },
  logLevel: 'warning',
};
