/** Makes the value on first use. Only documents need the schemas of views, so a program starts faster without them. */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
