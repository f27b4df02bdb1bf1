/** What browsers have of Trusted Types, as far as it is used here. */
interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string | null }): unknown;
}

/** Where the page's policy demands Trusted Types: threads and the service worker come from this host alone, and nobody makes elements or scripts of a text without a policy of their own. */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (address) => (new URL(address, document.baseURI).origin === location.origin ? address : null),
  });
}
