import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { blockedHosts, privateAddresses } from './support/private-addresses.ts'

/** Why no namespace can be made here, or `null`. */
function hindrance(): string | null {
  if (process.env.HIDE_OPTIONAL_TOOLS === '1') return 'optional tools are hidden'
  if (process.getuid?.() !== 0) return 'only root makes a network namespace'
  const { status, error, stderr } = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'])
  return status === 0 ? null : `no network namespace can be made: ${error?.message ?? String(stderr).trim()}`
}

test('F49: no packet leaves for a private address, however it is written or looked up', (context) => {
  const reason = hindrance()
  if (reason !== null) return context.skip(reason)
  const program = `${import.meta.dirname}/programs/send-to-private.ts`
  const run = spawnSync('unshare', ['-n', process.execPath, '--conditions=source', program], {
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  const { outcomes, ...seen } = JSON.parse(run.stdout)

  expect(Object.keys(outcomes)).toHaveLength(2 * privateAddresses.length + new Set(blockedHosts).size)
  expect(new Set(Object.values(outcomes))).toEqual(new Set(['url_blocked']))
  expect(seen).toMatchObject({ packetsOfRefused: 0, heardOfRefused: [] })

  expect(seen).toMatchObject({ publicSend: 'tls', heardOfPublic: ['::ffff:8.8.8.8'] })
  // F33: one connection, for the first request; none to where it was redirected.
  expect(seen).toMatchObject({ redirect: '302', heardOfRedirect: ['::ffff:169.254.169.254', '/first'] })
  // The counter counts: what was allowed shows on it.
  expect(seen.packetsOfAllowed).toBeGreaterThan(0)
})
