import {
  type Books,
  bulkBody,
  categoryChange,
  categoryView,
  createCategoryInput,
  deleteCategoryQuery,
  listCategoriesInput,
  pageView,
} from '@daftari/application'
import { created, gone, record, shown } from '../../endpoint/answer.ts'
import { bulkAnswer, bulkAnswers, bulkInputOf, bulkQuery } from '../../endpoint/bulk.ts'
import type { Current } from '../../endpoint/endpoint.ts'
import { type Route, route } from '../../endpoint/route.ts'

const tag = 'Categories'
const etag = ['ETag'] as const

/** `/v1/categories` */
export function categoryEndpoints({ categories }: Books): readonly Route[] {
  const current: Current = {
    view: categoryView(),
    read: ({ scope, id }) => categories.get(scope, { categoryId: id }),
  }
  return [
    route({
      method: 'GET',
      path: '/categories',
      scope: 'read',
      operationId: 'listCategories',
      tag,
      summary: 'List categories by name',
      query: listCategoriesInput,
      answers: [{ status: 200, description: 'A page of categories.', view: pageView(categoryView()) }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await categories.list(scope, query)),
    }),
    route({
      method: 'POST',
      path: '/categories',
      scope: 'write',
      operationId: 'createCategory',
      tag,
      summary: 'Create a category',
      body: createCategoryInput,
      answers: [
        {
          status: 201,
          description: 'The new category.',
          view: categoryView(),
          headers: ['ETag', 'Location'],
        },
      ],
      refusals: ['category_name_taken', 'category_limit_reached'],
      handle: async ({ scope, body, url }) => created(await categories.create(scope, body), url),
    }),
    route({
      method: 'POST',
      path: '/categories/bulk',
      scope: 'write',
      operationId: 'createCategories',
      tag,
      summary: 'Create up to 1,000 categories',
      query: bulkQuery,
      body: bulkBody(createCategoryInput),
      answers: bulkAnswers(categoryView()),
      refusals: ['category_name_taken', 'category_limit_reached'],
      handle: async ({ scope, body, query }) =>
        bulkAnswer(await categories.createMany(scope, bulkInputOf(body, query))),
    }),
    route({
      method: 'GET',
      path: '/categories/:id',
      scope: 'read',
      operationId: 'getCategory',
      tag,
      summary: 'Get a category',
      answers: [{ status: 200, description: 'The category.', view: categoryView(), headers: etag }],
      handle: async ({ scope, id }) => record(await categories.get(scope, { categoryId: id })),
    }),
    route({
      method: 'PATCH',
      path: '/categories/:id',
      scope: 'write',
      operationId: 'updateCategory',
      tag,
      summary: 'Rename a category',
      body: categoryChange,
      current,
      answers: [
        { status: 200, description: 'The category after the change.', view: categoryView(), headers: etag },
      ],
      refusals: ['category_name_taken'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await categories.update(scope, { categoryId: id, ...precondition }, body)),
    }),
    route({
      method: 'DELETE',
      path: '/categories/:id',
      scope: 'write',
      operationId: 'deleteCategory',
      tag,
      summary: 'Delete a category',
      query: deleteCategoryQuery,
      current,
      answers: [{ status: 204, description: 'The category is deleted.' }],
      refusals: ['category_in_use', 'category_not_found', 'merge_too_large'],
      handle: async ({ scope, id, precondition, query }) => {
        await categories.delete(scope, { categoryId: id, ...precondition }, query)
        return gone()
      },
    }),
  ]
}
