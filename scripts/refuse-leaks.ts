// Set up before every test file: a file that ends with a socket, server, timer or child process still open
// fails, by the kind of what it left. What a test opens it closes, or hands to `onTestFinished`.

import { getActiveResourcesInfo } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, vi } from 'vitest'

const watched = /^(Timeout|TCPSocketWrap|TCPServerWrap|TLSWrap|PipeWrap|ProcessWrap|FSEventWrap|Worker)$/
const looks = 150
const pauseMs = 20

const openBefore = new Map<string, number>()

beforeAll(() => {
  for (const [kind, count] of openResources()) openBefore.set(kind, count)
  // The one timer of this moment is the runner's own throttle, and soon gone.
  openBefore.delete('Timeout')
})

// Hooks end in reverse order, so this one runs after the hooks of the file itself. Closing takes a few turns of
// the loop, hence the second and later looks.
afterAll(
  async () => {
    vi.useRealTimers()
    let left = leftOpen()
    for (let look = 1; look < looks && left.length > 0; look += 1) {
      await wait(pauseMs)
      left = leftOpen()
    }
    expect(left, 'what this test file left open').toEqual([])
  },
  looks * pauseMs * 2,
)

function leftOpen(): string[] {
  return [...openResources()]
    .filter(([kind, count]) => count > (openBefore.get(kind) ?? 0))
    .map(([kind]) => kind)
}

function openResources(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of getActiveResourcesInfo().filter((name) => watched.test(name))) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
