/**
 * The bytes of a database, read with care: whoever reads outside of them gets zeros and nothing, and the first such
 * trouble is kept, so that a reader checks it once at the end of a step instead of at each number.
 */
export class Bytes {
  readonly all: Uint8Array;
  readonly littleEndian: boolean;
  private readonly view: DataView;
  private firstTrouble: string | undefined;

  constructor(all: Uint8Array, littleEndian: boolean) {
    this.all = all;
    this.littleEndian = littleEndian;
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  get length(): number {
    return this.all.length;
  }
  /** Why the bytes are no good, as a sentence without a full stop. */
  get trouble(): string | undefined {
    return this.firstTrouble;
  }
  blame(sentence: string): void {
    this.firstTrouble ??= sentence;
  }

  u8(at: number): number {
    return this.holds(at, 1) ? this.view.getUint8(at) : 0;
  }
  u16(at: number): number {
    return this.holds(at, 2) ? this.view.getUint16(at, this.littleEndian) : 0;
  }
  u32(at: number): number {
    return this.holds(at, 4) ? this.view.getUint32(at, this.littleEndian) : 0;
  }
  part(at: number, length: number): Uint8Array {
    return this.holds(at, length) ? this.all.subarray(at, at + length) : new Uint8Array();
  }

  private holds(at: number, length: number): boolean {
    if (at >= 0 && length >= 0 && at + length <= this.all.length) return true;
    this.blame('it points outside of itself; it may be cut or damaged');
    return false;
  }
}

/** Puts the parts of a value that lies on several pages together. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
