import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { apiReport, publishedPackages } from '../write-api-reports.ts'

const packages = publishedPackages(process.cwd())

describe('the public surface', () => {
  test('is reported for every published package', () => {
    expect(packages.length).toBeGreaterThanOrEqual(8)
  })

  test.each(packages)('of %s is as committed; else run: npm run api-reports', (folder) => {
    expect(apiReport(folder)).toBe(readFileSync(join(folder, 'api-report.txt'), 'utf8'))
  })

  test('shows a function with its types', () => {
    const domain = packages.find((folder) => basename(folder) === 'domain') ?? ''
    expect(apiReport(domain)).toContain('export declare function formatAmount(amount: Money): string;')
  })
})
