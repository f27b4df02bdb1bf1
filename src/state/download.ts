/** Gives the reader a text as a file; what no system allows in a name becomes an underscore. */
export const download = (name: string, type: string, text: string): void => give(name, new Blob([text], { type: `${type};charset=utf-8` }));

/** Gives the reader a file of bytes. */
export const downloadBytes = (name: string, type: string, bytes: Uint8Array<ArrayBuffer>): void => give(name, new Blob([bytes], { type }));

function give(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
