import { failed, type Result, succeed } from '../../core/failure.ts';

export const sbomScopes = ['cluster', 'namespace', 'label-selector', 'pod'] as const;
export type SbomScope = (typeof sbomScopes)[number];

/** What the user chose. */
export interface SbomOptions {
  /** Whose images; the whole cluster's without. */
  readonly scope?: SbomScope | undefined;
  /** For every scope but `cluster`. */
  readonly namespace?: string | undefined;
  /** For the scope `label-selector`, as kubectl takes it: `app=front,tier!=cache`. */
  readonly labelSelector?: string | undefined;
  /** Name of the pod, for the scope `pod`. */
  readonly pod?: string | undefined;
  /** Also pull with the Secrets that pods and their ServiceAccounts name; needs the right to read them. */
  readonly pullSecrets?: boolean | undefined;
}

/** A scope that is whole. */
export type Scope =
  | { readonly scope: 'cluster' }
  | { readonly scope: 'namespace'; readonly namespace: string }
  | { readonly scope: 'label-selector'; readonly namespace: string; readonly labelSelector: string }
  | { readonly scope: 'pod'; readonly namespace: string; readonly pod: string };

const name = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

const wrong = (say: string) => failed('input-invalid', say);

/** One option that must be there, as its name in sentences, and what it must look like. */
const demand = (scope: SbomScope, what: string, value: string | undefined, isGood: (text: string) => boolean): Result<string> => {
  if (value === undefined || value.trim() === '') return wrong(`The scope ${scope} needs a ${what}; give one.`);
  return isGood(value) ? succeed(value) : wrong(`"${value.slice(0, 80)}" is no ${what}; look for its name with kubectl.`);
};

/** Options that belong to another scope: a mistake is better told than ignored. */
const misplaced = ({ scope = 'cluster', namespace, labelSelector, pod }: SbomOptions): string | undefined => {
  if (scope === 'cluster' && namespace !== undefined) return 'a namespace';
  if (scope !== 'label-selector' && labelSelector !== undefined) return 'a label selector';
  return scope !== 'pod' && pod !== undefined ? 'a pod' : undefined;
};

/** The scope that options name, or what is missing. */
export const readScope = (options: SbomOptions): Result<Scope> => {
  const { scope = 'cluster', labelSelector, pod } = options;
  const extra = misplaced(options);
  if (extra !== undefined) return wrong(`The scope ${scope} takes no ${extra.replace(/^a /, '')}; leave it out, or choose another scope.`);
  if (scope === 'cluster') return succeed({ scope });
  const namespace = demand(scope, 'namespace', options.namespace, (text) => name.test(text));
  if (!namespace.ok) return namespace;
  if (scope === 'namespace') return succeed({ scope, namespace: namespace.value });
  if (scope === 'pod') {
    const found = demand(scope, 'pod', pod, (text) => name.test(text));
    return found.ok ? succeed({ scope, namespace: namespace.value, pod: found.value }) : found;
  }
  const selector = demand(scope, 'label selector', labelSelector, (text) => text.length <= 1_000 && /^[\w./!=<>(), -]+$/.test(text));
  return selector.ok ? succeed({ scope, namespace: namespace.value, labelSelector: selector.value }) : selector;
};

/** The scope in a few words: `namespace shop, label selector app=front`. */
export const scopeText = (scope: Scope): string => {
  if (scope.scope === 'cluster') return 'cluster';
  if (scope.scope === 'pod') return `pod ${scope.namespace}/${scope.pod}`;
  return `namespace ${scope.namespace}${scope.scope === 'label-selector' ? `, label selector ${scope.labelSelector}` : ''}`;
};
