// Sticky, so that each is matched where the last one ended. A name is what may stand between "<" and what ends it.
const DECLARATION = /<\?xml(\s[^<>]*?)\?>/y
const SPACE = /[ \t\r\n]+/y
const COMMENT = /<!--.*?-->/sy
const INSTRUCTION = /<\?(?!xml[\s?]).*?\?>/sy
const ROOT = /<([^\s<>/!?&'"=]+)(?=[\s/>])/y

const ENCODING = /\sencoding\s*=\s*["']([^"']*)["']/
// XML 1.0 has no other characters below the space, and none of these two at all.
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Roots that a browser renders, whatever their prefix: they can carry scripts. */
const RENDERED = ['html', 'svg']

/**
 * Whether a text begins as XML that only holds data: in UTF-8, without a document type (which can define entities), and
 * with a root that is neither SVG nor HTML. A root that lies behind the end of the text is not looked for.
 */
export function isPlainXml(text: string): boolean {
  if (NO_CHARACTER.test(text)) return false
  const declaration = matchAt(DECLARATION, text, 0)
  if (declaration !== null && !isUtf8(declaration[1] ?? '')) return false
  const root = matchAt(ROOT, text, skipped(text, declaration?.[0].length ?? 0))
  if (root === null) return false
  const localName = (root[1] ?? '').split(':').at(-1) ?? ''
  return !RENDERED.includes(localName.toLowerCase())
}

function isUtf8(declaration: string): boolean {
  const encoding = ENCODING.exec(declaration)?.[1] ?? 'utf-8'
  return encoding.toLowerCase() === 'utf-8'
}

/** Where the white space, comments and processing instructions end that begin at `from`. */
function skipped(text: string, from: number): number {
  let at = from
  for (;;) {
    const match = [SPACE, COMMENT, INSTRUCTION].map((part) => matchAt(part, text, at)).find((one) => one)
    if (match === undefined || match === null) return at
    at += match[0].length
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
