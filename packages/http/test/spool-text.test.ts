import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { SENDER_LIMITS, SenderPace } from '../src/endpoint/sender-limits.ts'
import { type SpooledText, spoolText as spoolPaced } from '../src/endpoint/spool-text.ts'

const MEBIBYTE = 1024 * 1024

function spoolText(sent: Readable, mostBytes: number): Promise<SpooledText> {
  return spoolPaced(sent, mostBytes, SenderPace.ofBytes(SENDER_LIMITS))
}

/** In chunks that cut characters. */
function sent(text: string): Readable {
  const bytes = Buffer.from(text)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 10_007) chunks.push(bytes.subarray(at, at + 10_007))
  return Readable.from(chunks, { objectMode: false })
}

async function read({ text }: SpooledText): Promise<string> {
  if (typeof text === 'string') return text
  let whole = ''
  for await (const piece of text()) whole += piece
  return whole
}

describe('a text that was sent', () => {
  test.each([
    ['nothing', ''],
    ['what is held in memory', '\ufeffbasi 🚌 '.repeat(1000)],
    ['what is kept in a file', 'basi 🚌 teksi é '.repeat(200_000)],
  ])('is read as often as it is asked for: %s', async (_, text) => {
    const spooled = await spoolText(sent(text), 16 * MEBIBYTE)
    for (let turn = 0; turn < 2; turn += 1) expect(await read(spooled)).toBe(text.replace(/^\ufeff/, ''))
    await spooled.discard()
  })

  test('is read by two at once', async () => {
    const text = 'basi 🚌 teksi é '.repeat(100_000)
    const spooled = await spoolText(sent(text), 16 * MEBIBYTE)
    expect(await Promise.all([read(spooled), read(spooled)])).toEqual([text, text])
    await spooled.discard()
  })

  test('is refused when it is too large, and the sender can still be told', async () => {
    const stream = sent('x'.repeat(3 * MEBIBYTE))
    await expect(spoolText(stream, 2 * MEBIBYTE)).rejects.toMatchObject({ code: 'too_large' })
    expect(stream.destroyed).toBe(false)
    stream.destroy()
  })

  test('is refused where it is not UTF-8: what is held at once, the rest when it is read', async () => {
    const wrong = Buffer.concat([Buffer.alloc(2 * MEBIBYTE, 0x61), Buffer.from([0xff, 0x61])])
    await expect(spoolText(Readable.from([Buffer.from([0xff])]), MEBIBYTE)).rejects.toMatchObject({
      code: 'validation_failed',
    })
    for (const bytes of [
      wrong,
      wrong.subarray(0, -1),
      Buffer.concat([wrong.subarray(0, -2), Buffer.from([0xe2])]),
    ]) {
      const spooled = await spoolText(Readable.from([bytes]), 4 * MEBIBYTE)
      await expect(read(spooled)).rejects.toMatchObject({ code: 'validation_failed' })
      await spooled.discard()
    }
  })

  test('F53 is nothing when the sender goes away, which is no failure of ours', async () => {
    const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    const stream = Readable.from(
      (async function* () {
        yield Buffer.alloc(2 * MEBIBYTE)
        throw aborted
      })(),
    )
    const refusal = { code: 'invalid_header', cause: aborted }
    await expect(spoolText(stream, 4 * MEBIBYTE)).rejects.toMatchObject(refusal)
  })
})
