import { type Books, exportExpensesInput, importView } from '@daftari/application'
import { z } from 'zod'
import { csvFile, shown } from '../../endpoint/answer.ts'
import { type Route, route } from '../../endpoint/route.ts'

const tag = 'Expenses'

/** The export and the import of expenses as CSV. */
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
        'UTF-8 with a byte order mark. A cell that a spreadsheet would execute as a formula is prefixed with an apostrophe.',
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
      summary: 'Validate or import expenses in CSV',
      description:
        'Only validates the rows unless `dryRun=false`. With `dryRun=false` it stores all rows, or none when one is rejected. ' +
        'The limit is 256 MiB. The answer lists at most the first 10,000 rejected rows.',
      query: importQuery,
      body: z
        .string()
        .meta({ examples: ['date,category,amount,description\n2026-11-21,Usafiri,12500,Basi\n'] }),
      takesCsv: true,
      answers: [
        {
          status: 200,
          description: 'The number of accepted rows, and the rejected rows.',
          view: importView(),
        },
      ],
      handle: async ({ scope, csv, query }) =>
        shown(await expenses.import(scope, { csv, dryRun: query.dryRun === 'true' })),
    }),
  ]
}

const importQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('true') })
