import type { FileFact, NodeFilesFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import type { Severity } from '../../core/outcome.ts';
import { type Check, clusterSubject, defineCheck, fail, notApplicable, pass, unknown } from '../check.ts';
import type { LookedAtNode, Place } from './node-place.ts';

/** A statement about one file: whether it holds, what was found, and how to make it hold. */
export interface Rule {
  holds(file: FileFact): boolean;
  found(file: FileFact): string;
  /** What is wrong with the file, after its path, e.g. `has mode 644, which lets …`. */
  wrong(file: FileFact): string;
  right(file: FileFact): string;
  /** What is true of many files for which it holds, e.g. `belong to root:root`. */
  readonly demanded: string;
  /** The repair where the command alone is not enough. */
  readonly repair?: string;
  /** The command that makes it hold for a path. */
  command(file: FileFact, path: string): string;
}

const octal = (mode: number): string => mode.toString(8).padStart(3, '0');

const bits = (mode: number, words: readonly (readonly [number, string])[]): string =>
  words.flatMap(([bit, word]) => (mode & bit ? [word] : [])).join(' and ');
/** Who may do what by permissions beyond those allowed. The owner is not worth a word where others may do it too. */
const whoElse = (excess: number): string => {
  const who =
    excess & 0o077
      ? bits(excess, [
          [0o070, 'its group'],
          [0o007, 'everybody'],
        ])
      : 'its owner';
  const what = bits(excess & 0o077 || excess, [
    [0o444, 'read'],
    [0o222, 'write'],
    [0o111, 'execute'],
  ]);
  return `${who} ${what}`;
};

/** No permission beyond these: modes are sets of bits, so 400 is stricter than 600 and 640 is not. */
export const atMost = (allowed: number): Rule => ({
  holds: ({ mode }) => (mode & ~allowed) === 0,
  found: ({ mode }) => `mode ${octal(mode)}, allowed at most ${octal(allowed)}`,
  wrong: ({ mode }) => `has mode ${octal(mode)}, which lets ${whoElse(mode & ~allowed)} it`,
  right: ({ mode }) => `has mode ${octal(mode)}`,
  demanded: `have no permission beyond ${octal(allowed)}`,
  command: ({ mode }, path) => `chmod ${octal(mode & allowed)} ${path}`,
});

/** Owned by this user and group. For root the number decides: a node need not have names. */
export const ownedBy = (user: string, group: string): Rule => ({
  holds: (file) => (user === 'root' ? file.uid === 0 : file.user === user) && (group === 'root' ? file.gid === 0 : file.group === group),
  found: (file) => `owner ${file.user}:${file.group} (${file.uid}:${file.gid})`,
  wrong: (file) => `belongs to ${file.user}:${file.group} and not to ${user}:${group}`,
  right: (file) => `belongs to ${file.user}:${file.group}`,
  demanded: `belong to ${user}:${group}`,
  command: (_file, path) => `chown ${user}:${group} ${path}`,
});

/** A look at one file, as evidence. */
export const look = (node: LookedAtNode, rule: Rule, file: FileFact): Evidence => ({
  source: `node ${node.node}`,
  looked: file.path,
  found: `${rule.found(file)}${file.target === undefined ? '' : `; the path leads to ${file.target}`}`,
});

export const fileSubject = ({ node, role }: NodeFilesFact, path: string): Subject => ({ kind: 'File', name: path, role, node });

const inNewNodes = 'set it too where the node image or the bootstrap configuration writes it, so that new nodes have it';

/** The repair for one case: what to run now, and what keeps it from coming back. */
export const runOnNode = (command: string, lasting = inNewNodes): string => `Run \`${command}\` on the node, and ${lasting}.`;

/** What a rule says of one file. */
export const judgeFile = (node: LookedAtNode, rule: Rule, file: FileFact): Judgement => {
  const evidence = look(node, rule, file);
  const subject = fileSubject(node, file.path);
  return rule.holds(file)
    ? pass(subject, `${file.path} ${rule.right(file)}.`, evidence)
    : { ...fail(subject, `${file.path} ${rule.wrong(file)}.`, evidence), repair: rule.repair ?? runOnNode(rule.command(file, file.path)) };
};

/** The answer where there is nothing to judge on a node. */
const without = (node: NodeFilesFact, outcome: 'not-applicable' | 'unknown', reason: string, place: Place): Judgement => {
  const say = outcome === 'unknown' ? unknown : notApplicable;
  const subject: Subject = { kind: 'Node', name: node.node, role: node.role, node: node.node };
  return say(subject, reason, { source: `node ${node.node}`, looked: place.what, found: reason });
};

const concerns = (place: Place, node: NodeFilesFact): boolean =>
  place.on === 'every node' || node.role === 'control-plane' || (node.read && place.program !== undefined && place.program in node.argv);

export interface FileCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly why: string;
  readonly repair: string;
  /** What to say of a node that the statement cannot be about, whatever lies there. */
  exempt?(node: LookedAtNode): string | undefined;
  readonly rule: Rule;
  /** What to say of the files found; by default the rule is asked of each. */
  judge?(node: LookedAtNode, files: readonly FileFact[], rule: Rule): readonly Judgement[];
}

/** A check on files: every node concerned is asked where the files are, and then what they look like. */
export const filesCheck = ({ place, rule, judge, exempt, ...definition }: FileCheck): Check<'nodeFiles', never> =>
  defineCheck({
    ...definition,
    reads: ['nodeFiles'],
    evaluate({ nodeFiles, cluster }) {
      const judgements = nodeFiles
        .filter((node) => concerns(place, node))
        .flatMap((node): readonly Judgement[] => {
          if (!node.read) return [without(node, 'unknown', node.reason, place)];
          const exempted = exempt?.(node);
          if (exempted !== undefined) return [without(node, 'not-applicable', exempted, place)];
          const located = place.find(node);
          if (!located.files) return [without(node, located.outcome, located.reason, place)];
          return judge ? judge(node, located.files, rule) : located.files.map((file) => judgeFile(node, rule, file));
        });
      if (judgements.length > 0) return judgements;
      const reason = 'The cluster lists no control-plane node, so the files of its control plane are out of reach.';
      return [
        unknown(clusterSubject(cluster), reason, { source: 'nodes of the cluster', looked: place.what, found: 'no node to look at' }),
      ];
    },
  });
