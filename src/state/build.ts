/** The version of this build, as in the package; '' where it is not built but served while it is written. */
export const VERSION: string = (import.meta.env['VERSION'] as string | undefined) ?? '';

/** The bundled catalog's manifest, as an address: a build names it by its content, so that a tab gets its own build's. */
export const catalogManifest = (): string =>
  new URL(`catalog/${(import.meta.env['CATALOG_MANIFEST'] as string | undefined) ?? 'manifest.json'}`, document.baseURI).href;
