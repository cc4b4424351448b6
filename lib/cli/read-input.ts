import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

const most = 64 * 1024;

/** Asks without showing what is typed. */
const askHidden = async (question: string): Promise<string> => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stop = new AbortController();
  // in raw mode Ctrl-C is a character like any other
  lines.once('SIGINT', () => {
    stop.abort();
    process.kill(process.pid, 'SIGINT');
  });
  process.stderr.write(question);
  try {
    return await lines.question('', { signal: stop.signal });
  } catch {
    return '';
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
};

/** Standard input as text, or what a person types. */
export const readInput = async (question: string): Promise<string> => {
  if (process.stdin.isTTY) return askHidden(question);
  let text = '';
  for await (const piece of process.stdin.setEncoding('utf8')) {
    text += piece;
    if (text.length > most) break;
  }
  return text;
};
