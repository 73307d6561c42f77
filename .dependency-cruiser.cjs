/** Who may know whom. The rooms and their promises: docs/architecture.md. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('emv-knows-nobody', 'The card language stands alone.', { path: '^emv/' }, { path: '^(simulator|src)/' }),
    rule(
      'emv-runs-in-a-browser',
      'tlv, tags, apdu, values and explain must not reach for Node.',
      { path: '^emv/(tlv|tags|apdu|values|explain|bytes|card-(language|number))' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'simulator-knows-emv',
      'The other side of the reader knows the card language only.',
      { path: '^simulator/' },
      { path: '^src/' },
    ),
    rule(
      'minting-knows-no-checking',
      'What makes certificates and signatures is no proof of what checks them if both share a layout.',
      { path: '^simulator/' },
      { path: '^emv/authentication/' },
    ),
    rule(
      'tap-knows-emv',
      'The tap record is a contract between two sides that do not know each other.',
      { path: '^src/tap/' },
      { path: '^(simulator/|src/(?!tap/))' },
    ),
    rule(
      'lists-know-tap',
      'Lists are the contract the other way: from gateway to terminals.',
      { path: '^src/lists/' },
      { path: '^(simulator/|src/(?!(lists|signatures|tap)/))' },
    ),
    rule(
      'folders-know-nobody',
      'What is asked of the disk alone.',
      { path: '^src/folders/' },
      { path: '^(emv|simulator|src/(?!folders/))' },
    ),
    rule(
      'calendar-knows-nobody',
      'Days and the clock of Shanghai, whatever happens on them.',
      { path: '^src/calendar/' },
      { path: '^(emv|simulator|src/(?!calendar/))' },
    ),
    rule(
      'turns-know-nobody',
      'One after the other, whatever it is.',
      { path: '^src/turns/' },
      { path: '^(emv|simulator|src/(?!turns/))' },
    ),
    rule(
      'signatures-know-nobody',
      'Keys and bytes, whatever they are of.',
      { path: '^src/signatures/' },
      { path: '^(emv|simulator|src/(?!signatures/))' },
    ),
    rule(
      'readers-know-emv',
      'A software card is handed to its channel by whoever wires them.',
      { path: '^src/readers/' },
      { path: '^(simulator/|src/(?!readers/))' },
    ),
    rule(
      'terminal-never-sees-gateway-or-simulator',
      'A terminal talks to a card through a channel and to a gateway through HTTP.',
      { path: '^src/terminal/' },
      { path: '^(simulator/|src/(?!(terminal|readers|tap|lists|folders|turns)/))' },
    ),
    rule(
      'gateway-never-sees-terminal-reader-simulator',
      'The gateway believes evidence, not terminals.',
      { path: '^src/gateway/' },
      { path: '^(simulator/|src/(?!(gateway|tap|lists|folders|signatures|calendar)/))' },
    ),
    rule(
      'only-the-command-line-wires',
      'Nobody imports the command line.',
      { path: '^(emv|simulator|src/(?!cli/))' },
      { path: '^src/cli/' },
    ),
    rule('no-cycles', 'A cycle is two rooms that are one.', {}, { circular: true }),
    rule('not-to-tests', 'The product does not know its tests.', { path: '^(emv|simulator|src)/' }, { path: '^test/' }),
    rule(
      'not-to-dev-dependencies',
      'What ships must install with the package.',
      { path: '^(emv|simulator|src)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
