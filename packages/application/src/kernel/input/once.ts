/** Made when it is first asked for. The schemas of views are for documents; a program that keeps books starts without. */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
