declare module 'upng-js' {
  const upng: {
    /** @param pixels frames of RGBA @param colours 0 keeps all @returns the PNG's bytes */
    encode(pixels: ArrayBuffer[], width: number, height: number, colours: number): ArrayBuffer
  }
  // biome-ignore lint/style/noDefaultExport: it is what a CommonJS package has.
  export default upng
}
