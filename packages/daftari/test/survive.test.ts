import { beforeAll, describe, expect, test } from 'vitest'
import { endProcessesOf, kill, serverOf } from '../harness/processes.ts'
import { addCategory, categoriesOf } from './support/api.ts'
import { type Ended, type Served, serve } from './support/daftari.ts'

function killNode({ child }: Served): void {
  child.kill('SIGKILL')
}

function killServer({ dataDir }: Served): void {
  kill(serverOf(dataDir))
}

const ends: Readonly<Record<string, [end: (service: Served) => void, expected: Partial<Ended>]>> = {
  SIGTERM: [({ child }) => void child.kill('SIGTERM'), { code: 0 }],
  SIGINT: [({ child }) => void child.kill('SIGINT'), { code: 0 }],
  'kill -9 of Node': [killNode, { signal: 'SIGKILL' }],
  'kill -9 of the server, after which Node ends by itself': [
    killServer,
    { code: 1, stderr: expect.stringContaining('The database server stopped unexpectedly') },
  ],
  'kill -9 of both': [
    (service) => {
      killServer(service)
      killNode(service)
    },
    { signal: 'SIGKILL' },
  ],
}

describe('what was acknowledged', () => {
  const acknowledged: string[] = []
  let service: Served

  beforeAll(async () => {
    service = await serve()
  })

  test.each(Object.entries(ends))('survives %s, and no process is left', async (name, [end, expected]) => {
    const { dataDir, apiKey, ended } = service
    expect(await addCategory(service, name)).toBe(201)
    acknowledged.push(name)
    end(service)
    expect(await ended).toMatchObject(expected)
    expect(await endProcessesOf(dataDir)).toEqual([])

    service = await serve({ DAFTARI_DATA_DIR: dataDir })
    expect(service.apiKey).toBe(apiKey)
    expect([...(await categoriesOf(service))].sort()).toEqual(acknowledged.toSorted())
  })
})
