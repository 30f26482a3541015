/** The bundler compiles such a file for browsers, and its text is the import. */
declare module "*?inline" {
  const text: string;
  export default text;
}
