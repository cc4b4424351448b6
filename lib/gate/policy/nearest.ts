/** Edits that turn one text into another. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] as number) + 1, (row[j + 1] as number) + 1, (row[j] as number) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] as number;
};

/** The known name that is most like a text, for "did you mean". */
export const nearest = (text: string, known: readonly string[]): string | undefined =>
  known.map((name) => ({ name, far: distance(text, name) })).toSorted((a, b) => a.far - b.far)[0]?.name;
