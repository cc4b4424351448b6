/** One way to sign in that a server offers. */
export interface Challenge {
  /** `bearer`, `basic` */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;

/** Reads WWW-Authenticate (RFC 9110): several challenges, each with parameters, quoted or not. What it cannot read ends the list. */
export const parseChallenges = (header: string): readonly Challenge[] => {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const skip = (pattern: RegExp): void => {
    while (at < header.length && pattern.test(header[at] ?? '')) at += 1;
  };
  const word = (): string | undefined => {
    token.lastIndex = at;
    const found = token.exec(header)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const quoted = (): string | undefined => {
    let text = '';
    for (at += 1; at < header.length; at += 1) {
      const letter = header[at];
      if (letter === '"') {
        at += 1;
        return text;
      }
      if (letter === '\\') at += 1;
      text += header[at] ?? '';
    }
    return undefined;
  };
  for (;;) {
    skip(/[\s,]/);
    const name = word();
    if (name === undefined) return challenges;
    const wordEnd = at;
    skip(/\s/);
    const current = challenges.at(-1);
    // `name=` belongs to the challenge before it, a word alone begins another one
    if (header[at] === '=' && current && header[at + 1] !== '=') {
      at += 1;
      skip(/\s/);
      const value = header[at] === '"' ? quoted() : word();
      if (value === undefined) return challenges;
      current.parameters[name.toLowerCase()] ??= value;
    } else {
      at = wordEnd;
      challenges.push({ scheme: name.toLowerCase(), parameters: Object.create(null) as Record<string, string> });
    }
  }
};
