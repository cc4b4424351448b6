import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Characters that a slot may hold before they are packed. */
const mostPending = 32_768;

/** Lines that wait for their shard. Packed as they come, so that the index of a whole distribution needs little memory. */
export class Bucket {
  #pending: string[] = [];
  #length = 0;
  readonly #packed: Uint8Array[] = [];
  #total = 0;

  add(line: string): void {
    this.#pending.push(line);
    this.#length += line.length;
    this.#total += line.length;
    if (this.#length >= mostPending) this.#pack();
  }

  get size(): number {
    return this.#total;
  }

  #pack(): void {
    // copied, because what zlib gives may hold on to a larger piece of memory
    this.#packed.push(Uint8Array.from(deflateRawSync(this.#pending.join(''), { level: 1 })));
    this.#pending = [];
    this.#length = 0;
  }

  lines(): readonly string[] {
    const text = this.#packed.map((bytes) => inflateRawSync(bytes).toString('utf8')).join('') + this.#pending.join('');
    return text.split('\n').slice(0, -1);
  }
}
