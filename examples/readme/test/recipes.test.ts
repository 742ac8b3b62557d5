import { expect, test } from 'vitest'
import { blocksOf, documents, read } from './document.ts'
import { outputs } from './run-script.ts'
import { printedBy, promisedBy } from './run-typescript.ts'
import { openService } from './start-service.ts'

test('every recipe is put to the test here', () => {
  expect(documents.filter((path) => path.startsWith('docs/recipes/'))).toEqual([
    'docs/recipes/pay-what-is-most-urgent.md',
  ])
})

const recipe = read('docs/recipes/pay-what-is-most-urgent.md')

test('the recipe "pay what is most urgent" pays the right invoice once', async () => {
  const { folder, url, apiKey } = await openService()
  const [enter = '', choose = '', pay = '', look = ''] = blocksOf(recipe, 'bash')
  expect(blocksOf(recipe, 'bash')).toHaveLength(4)

  const script = [enter, choose, pay, pay, look].join('')
  const told = await outputs(script, folder, { URL: url, KEY: apiKey })
  const [later, urgent, paid, paidAgain, summary, history] = told
    .filter((output) => output !== '')
    .map((output) => JSON.parse(output))

  expect(later).toMatchObject({ number: 'T-118', status: 'pending' })
  expect(paid).toMatchObject({
    id: urgent.id,
    number: 'D-7',
    status: 'partly_paid',
    balance: { amount: '30000.00', currency: 'TZS' },
  })
  expect(paidAgain).toEqual(paid)
  expect(summary.open.sums).toEqual([{ currency: 'TZS', count: 2, total: '620000.00' }])
  expect(history.data.map(({ type }: { readonly type: string }) => type)).toEqual([
    'invoice.payment_recorded',
    'invoice.registered',
  ])
})

test('the TypeScript of the recipe "pay what is most urgent" prints what its comment says', () => {
  const [example = ''] = blocksOf(recipe, 'ts')

  expect(promisedBy(example)).toContain('30000.00')
  expect(printedBy(example)).toBe(promisedBy(example))
})
