import { expect, test } from 'vitest'
import { endProcessesOf, kill, processesOf } from '../harness/processes.ts'
import { startService } from '../harness/service-process.ts'
import { statusOf } from './support/api.ts'
import { dataDirectory } from './support/data-directory.ts'

test('npm start serves, and SIGTERM to npm reaches the service', async () => {
  const dataDir = dataDirectory()
  const npm = await startService(dataDir, 'npm')
  expect(await statusOf(`${npm.url}/readyz`)).toBe(200)
  npm.stop()
  await npm.ended
  expect(await endProcessesOf(dataDir)).toEqual([])
})

test('the service and its server stop when the npm that runs them is killed', async () => {
  const dataDir = dataDirectory()
  const npm = await startService(dataDir, 'npm')
  expect(processesOf(dataDir).length).toBeGreaterThan(2)
  kill(npm.pid)
  expect(await npm.ended).toBe('SIGKILL')
  expect(await endProcessesOf(dataDir)).toEqual([])
  await expect(fetch(`${npm.url}/livez`)).rejects.toThrow()
})
