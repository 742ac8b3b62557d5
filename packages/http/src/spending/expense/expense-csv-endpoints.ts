import { type Books, exportExpensesInput, importView } from '@daftari/application'
import { z } from 'zod'
import { csvFile, shown } from '../../endpoint/answer.ts'
import { type Route, route } from '../../endpoint/route.ts'

const tag = 'Expenses'

/** Expenses out to a spreadsheet and in from one. */
export function expenseCsvEndpoints({ expenses }: Books): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/expenses/export',
      scope: 'read',
      operationId: 'exportExpenses',
      tag,
      summary: 'Download expenses as CSV',
      description:
        'UTF-8 with a byte order mark. A cell that a spreadsheet would run as a formula gets an apostrophe.',
      query: exportExpensesInput,
      lists: ['categoryId'],
      answers: [{ status: 200, description: 'The file.', isCsv: true, headers: ['Content-Disposition'] }],
      handle: async ({ scope, query }) => csvFile(await expenses.export(scope, query), 'expenses.csv'),
    }),
    route({
      method: 'POST',
      path: '/expenses/import',
      scope: 'write',
      operationId: 'importExpenses',
      tag,
      summary: 'Judge or take expenses in CSV',
      description:
        'Changes nothing unless `dryRun=false`; then it takes all rows or, when one is rejected, none. ' +
        'Up to 256 MiB; of the rejected rows it names the first 10,000.',
      query: importQuery,
      body: z
        .string()
        .meta({ examples: ['date,category,amount,description\n2026-11-21,Usafiri,12500,Basi\n'] }),
      takesCsv: true,
      answers: [{ status: 200, description: 'What became of the rows.', view: importView() }],
      handle: async ({ scope, csv, query }) =>
        shown(await expenses.import(scope, { csv, dryRun: query.dryRun === 'true' })),
    }),
  ]
}

const importQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('true') })
