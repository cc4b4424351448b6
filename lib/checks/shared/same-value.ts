import { readDuration } from './duration.ts';

const words = (text: string): readonly string[] =>
  text
    .replace(/^\[(.*)\]$/, '$1')
    .split(',')
    .map((part) => part.trim().replace(/^kube:/, ''))
    .filter((part) => part !== '')
    .toSorted();

const isSameWord = (a: string, b: string): boolean => {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  if (a !== '' && b !== '' && Number(a) === Number(b)) return true;
  const seconds = readDuration(a);
  return seconds !== undefined && seconds === readDuration(b);
};
const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, index) => isSameWord(word, b[index] ?? ''));

/** Whether a flag as it was given (every value, in order) is what a process says of itself: lists in brackets, maps sorted, durations spelled out; the last value wins where it is no list. */
export const isSameValue = (given: readonly string[], running: string): boolean =>
  isSameList(words(given.join(',')), words(running)) || isSameList(words(given.at(-1) ?? ''), words(running));
