import { manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { keptAnswers } from './kept-answers.ts'

/** Answers that come when they are told to. */
function asked() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const questions: { key: string; answer: (value: string) => void; fail: (reason: Error) => void }[] = []
  const ask = (key: string) =>
    new Promise<string>((answer, fail) => void questions.push({ key, answer, fail }))
  const kept = keptAnswers(clock, ask, (value) => value === 'nothing')
  return { clock, questions, kept }
}

describe('kept answers', () => {
  test('are asked for once by many at the same time, and again after five seconds', async () => {
    const { clock, questions, kept } = asked()
    const both = Promise.all([kept.get('a'), kept.get('a')])
    questions[0]?.answer('one')
    expect(await both).toEqual(['one', 'one'])
    clock.advance(4_999)
    void kept.get('a')
    expect(questions).toHaveLength(1)
    clock.advance(1)
    void kept.get('a')
    expect(questions).toHaveLength(2)
  })

  test('are old when the clock is set back', () => {
    const { clock, questions, kept } = asked()
    void kept.get('a')
    clock.set('2026-11-21T08:00:00.000Z')
    void kept.get('a')
    expect(questions).toHaveLength(2)
  })

  test.each(['forget', 'forgetAll'] as const)(
    'that were on their way at a %s are not given again',
    async (how) => {
      const { questions, kept } = asked()
      const first = kept.get('a')
      kept[how]('a')
      questions[0]?.answer('before the change')
      await first
      const second = kept.get('a')
      questions[1]?.answer('after the change')
      expect(await second).toBe('after the change')
    },
  )

  test('that fail late do not drive out the answer that was asked for since', async () => {
    const { questions, kept } = asked()
    const first = kept.get('a')
    kept.forget('a')
    void kept.get('a')
    questions[0]?.fail(new Error('the database is down'))
    await expect(first).rejects.toThrow('down')
    void kept.get('a')
    expect(questions).toHaveLength(2)
  })

  test('are not failures, and not what is worth nothing', async () => {
    const { questions, kept } = asked()
    const failed = kept.get('a')
    questions[0]?.fail(new Error('down'))
    await expect(failed).rejects.toThrow('down')
    const nothing = kept.get('a')
    questions[1]?.answer('nothing')
    await nothing
    void kept.get('a')
    expect(questions).toHaveLength(3)
  })

  test('are ten thousand at most', async () => {
    const { questions, kept } = asked()
    for (let count = 0; count <= 10_000; count += 1) void kept.get(String(count))
    void kept.get('0')
    expect(questions.at(-1)?.key).toBe('0')
    expect(questions).toHaveLength(10_002)
  })
})
