/** The texts of the examples, by their files. */
export const SAMPLES: Readonly<Record<string, string>> = import.meta.glob<string>('../../languages/*/sample*', {
  query: '?raw',
  import: 'default',
  eager: true,
});
