/** Profiles and tariffs are YAML text that the build inlines; the room that imports one parses and validates it. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
