import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SENDER_LIMITS, SenderPace } from '../src/endpoint/sender-limits.ts'

const KIBIBYTE = 1024
const TOO_SLOW = { code: 'request_timeout' }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** So many pieces, and before each the sender is silent for a while. */
async function* slowly(pieces: number, bytes: number, silentMs: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece += 1) {
    await new Promise((resolve) => setTimeout(resolve, silentMs))
    yield new Uint8Array(bytes)
  }
}

/** How many bytes came, once the time of the test has gone on for long enough. */
async function received(pace: SenderPace, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  async function read(): Promise<number> {
    let bytes = 0
    for await (const piece of pace.watch(pieces)) bytes += piece.length
    return bytes
  }
  const [outcome] = await Promise.all([Promise.allSettled([read()]), vi.runAllTimersAsync()])
  if (outcome[0].status === 'rejected') throw outcome[0].reason
  return outcome[0].value
}

describe('F77 a file or a text in CSV', () => {
  test('of 10 MiB over a line of 1 Mbit/s is received', async () => {
    const pieces = slowly(640, 16 * KIBIBYTE, 131)
    expect(await received(SenderPace.ofBytes(SENDER_LIMITS), pieces)).toBe(10 * KIBIBYTE * KIBIBYTE)
  })

  test('may be as slow as it likes for 10 s, and no longer', async () => {
    expect(await received(SenderPace.ofBytes(SENDER_LIMITS), slowly(1, 1, 9_999))).toBe(1)
    await expect(received(SenderPace.ofBytes(SENDER_LIMITS), slowly(1, 1, 10_001))).rejects.toMatchObject(
      TOO_SLOW,
    )
  })

  test('is received a little above 16 KiB/s, and refused a little below', async () => {
    expect(await received(SenderPace.ofBytes(SENDER_LIMITS), slowly(60, 16 * KIBIBYTE, 900))).toBe(
      60 * 16 * KIBIBYTE,
    )
    const slower = slowly(60, 16 * KIBIBYTE, 1_120)
    await expect(received(SenderPace.ofBytes(SENDER_LIMITS), slower)).rejects.toMatchObject(TOO_SLOW)
  })

  test('may rest for as long as it was ahead', async () => {
    async function* resting(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(16 * KIBIBYTE * 60)
      yield* slowly(1, 1, 59_000)
    }
    expect(await received(SenderPace.ofBytes(SENDER_LIMITS), resting())).toBe(16 * KIBIBYTE * 60 + 1)
  })

  test('is not refused for the time that we take to store it', async () => {
    const pace = SenderPace.ofBytes(SENDER_LIMITS)
    async function store(): Promise<number> {
      let bytes = 0
      for await (const piece of pace.watch(slowly(3, 1, 1_000))) {
        await new Promise((resolve) => setTimeout(resolve, 60_000))
        bytes += piece.length
      }
      return bytes
    }
    const [bytes] = await Promise.all([store(), vi.runAllTimersAsync()])
    expect(bytes).toBe(3)
  })
})

describe('F77 a body of JSON', () => {
  test('has 30 s, however much of it has come', async () => {
    expect(await received(SenderPace.ofJson(SENDER_LIMITS), slowly(29, 16 * KIBIBYTE, 1_000))).toBe(
      29 * 16 * KIBIBYTE,
    )
    const late = slowly(31, 16 * KIBIBYTE, 1_000)
    await expect(received(SenderPace.ofJson(SENDER_LIMITS), late)).rejects.toMatchObject(TOO_SLOW)
  })
})

describe('what is watched', () => {
  test('fails as its source failed', async () => {
    const pace = SenderPace.ofBytes(SENDER_LIMITS)
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1)
      throw new Error('gone')
    }
    await expect(received(pace, failing())).rejects.toThrow('gone')
  })

  test('is ended when its reader leaves', async () => {
    let isEnded = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(1)
      } finally {
        isEnded = true
      }
    }
    for await (const _ of SenderPace.ofBytes(SENDER_LIMITS).watch(endless())) break
    expect(isEnded).toBe(true)
  })
})
