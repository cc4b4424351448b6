import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { linesOf } from '../os/text.ts';
import { packageOf } from './package-of.ts';

/** RubyGems writes a specification of each installed gem; those of Ruby itself lie in `default`. */
const specification = /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/;
/** `"rack"`, `'rack'`, `%q{rack}`, as `Gem::Specification#to_ruby` has written it over the years. */
const literal = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|%q\{([^{}]*)\}/g;
const attribute = /^\s*s\.(name|version|licenses?|authors?)\s*=(.*)$/;
/** `# stub: rack 2.2.3 ruby lib`: the same again, for RubyGems to read without running it. */
const stub = /^# stub: (\S+) (\S+) /;
const mostTexts = 100;
/** Longer lines hold no name: descriptions, lists of files. */
const longestLine = 8192;

/** The texts of a line. One that is put together while it runs is none. */
function textsOf(ruby: string): string[] {
  const texts: string[] = [];
  for (const [, double, single, percent] of ruby.matchAll(literal)) {
    if (texts.length === mostTexts) break;
    if (double?.includes('#{')) continue;
    texts.push((double ?? single ?? percent ?? '').replace(/\\(.)/g, '$1'));
  }
  return texts;
}

function read(bytes: Uint8Array): FileFindings {
  // zero bytes are no sign of another kind of file: RubyGems puts them between the extensions of a stub
  const text = new TextDecoder().decode(bytes);
  const said = new Map<string, string[]>();
  let short: string[] = [];
  for (const line of linesOf(text)) {
    if (line.length > longestLine) continue;
    const [, key, rest = ''] = attribute.exec(line) ?? [];
    if (key !== undefined && !said.has(key)) said.set(key, textsOf(rest));
    if (short.length === 0) short = stub.exec(line)?.slice(1) ?? [];
  }
  const found = packageOf('gem', said.get('name')?.[0] ?? short[0], said.get('version')?.[0] ?? short[1], {
    licences: said.get('licenses') ?? said.get('license') ?? [],
    supplier: (said.get('authors') ?? said.get('author'))?.join(', '),
  });
  return found ? { packages: [found] } : { unreadable: 'it names no gem and version in the way RubyGems writes them; it may be cut' };
}

/** Installed gems. Their specifications are Ruby, which is not run: they are read as RubyGems writes them. */
export const rubyGems: FileCataloger = {
  id: 'ruby',
  mostBytes: 4 << 20,
  wants: ({ path }) => specification.test(path),
  read: (_head, bytes) => read(bytes),
};
