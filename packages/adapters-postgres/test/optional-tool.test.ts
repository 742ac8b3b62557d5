import { dirname } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findOptionalTool } from './support/optional-tool.ts'

describe('findOptionalTool', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it('finds a program on the PATH, then in the other folders', () => {
    vi.stubEnv('HIDE_OPTIONAL_TOOLS', undefined)
    const folder = dirname(process.execPath)
    vi.stubEnv('PATH', folder)
    expect(findOptionalTool('node', '/nowhere')).toBe(`${folder}/node`)
    vi.stubEnv('PATH', '/nowhere')
    expect(findOptionalTool('node', folder)).toBe(`${folder}/node`)
    expect(findOptionalTool('node')).toBeNull()
  })

  it('finds nothing while tools are hidden', () => {
    vi.stubEnv('HIDE_OPTIONAL_TOOLS', '1')
    expect(findOptionalTool('node', dirname(process.execPath))).toBeNull()
  })
})
