/** The context under which tokens of links are sealed: it tells them from cursors, which the same key seals. */
export const LINK_TOKENS = 'link to a file'
