const decoder = new TextDecoder('utf-8');

/** The text of a file that should hold text; nothing for one that holds something else. Bytes that are no UTF-8 become replacement characters: a name in Latin-1 must not hide a database. */
export const textOf = (bytes: Uint8Array): string | undefined => (bytes.includes(0) ? undefined : decoder.decode(bytes));

/** What is said of a file that should hold text and does not. */
export const notText = { unreadable: 'it holds bytes that no text has' } as const;

/** The lines of a text one by one: a list of all would take many times the memory of a file of line breaks. */
export function* linesOf(text: string): Generator<string> {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    yield text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
    start = end + 1;
  }
  if (start < text.length) yield text.slice(start);
}

/** Names in a sorted list, each once. */
export const sortedOnce = (names: Iterable<string>): string[] => [...new Set(names)].sort();
