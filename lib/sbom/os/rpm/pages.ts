import type { Bytes } from './bytes.ts';

/** The pages of a database. Each may be used once, so that no loop of pages goes on for ever and no two values share one. */
export class Pages {
  readonly bytes: Bytes;
  readonly size: number;
  readonly count: number;
  private readonly used: Uint8Array;

  constructor(bytes: Bytes, size: number) {
    this.bytes = bytes;
    this.size = size;
    this.count = Math.floor(bytes.length / size);
    this.used = new Uint8Array(this.count);
  }

  /** Where page `number`, counted from 0, begins; nothing, and a trouble, when there is none or it was used before. */
  use(number: number): number | undefined {
    if (number < 0 || number >= this.count) {
      this.bytes.blame('it names a page that it does not have; it may be cut or damaged');
      return undefined;
    }
    if (this.used[number] === 1) {
      this.bytes.blame('two places in it name the same page');
      return undefined;
    }
    this.used[number] = 1;
    return number * this.size;
  }
}
