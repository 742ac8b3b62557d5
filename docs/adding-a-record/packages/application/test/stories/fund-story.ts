import type { Story } from './story.ts'

export const fundStory: Story = async ({ books, scope }) => {
  await books.funds.create(scope, { name: 'Kisima' })
}
