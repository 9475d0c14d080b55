// Draws pictures: DOT to SVG with Graphviz, SVG to PNG with resvg; both run in this process, offline.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { renderAsync } from '@resvg/resvg-js'

let graphviz: Promise<Graphviz> | undefined

/** Graphviz measures text narrower than DejaVu Sans draws it; laid out larger than it is drawn, it fits its box. */
const room = 1.22

/** @param dot source in the DOT language */
export async function svgFromDot(dot: string): Promise<string> {
  graphviz ??= Graphviz.load()
  const svg = (await graphviz).dot(dot, 'svg')
  return svg.replaceAll(/font-size="([\d.]+)"/g, (_, size: string) => `font-size="${(Number(size) / room).toFixed(2)}"`)
}

const ttf = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
/** The fonts come with the program: a server often has none, and the same picture looks the same everywhere. */
const font = {
  loadSystemFonts: false,
  fontFiles: [join(ttf, 'DejaVuSans.ttf'), join(ttf, 'DejaVuSans-Bold.ttf')],
  defaultFontFamily: 'DejaVu Sans',
  sansSerifFamily: 'DejaVu Sans',
}

/** A PNG, 1600 pixels wide: sharp on a phone's screen and small enough for a chat message. Drawn on another thread. */
export async function pngFromSvg(svg: string): Promise<Buffer> {
  return (await renderAsync(svg, { font, fitTo: { mode: 'width', value: 1600 } })).asPng()
}

/** A picture's pixels in RGBA on white, as wide as asked. */
export async function pixelsFromSvg(
  svg: string,
  width: number,
): Promise<{ pixels: ArrayBuffer; width: number; height: number }> {
  const drawn = await renderAsync(svg, { font, background: 'white', fitTo: { mode: 'width', value: width } })
  const pixels = new Uint8Array(drawn.pixels).buffer
  return { pixels, width: drawn.width, height: drawn.height }
}
