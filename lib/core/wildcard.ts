/**
 * Whether a text fits a pattern, in which `*` stands for any text and everything else for itself. No regular expression: what is between the stars is searched for once, from left to right, so no pattern of
 * anybody's keeps the service busy.
 */
export const fitsWildcard = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let place = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
    if (place > end) return false;
  }
  return place <= end;
};
