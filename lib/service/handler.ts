import type { AnswerOf, InputOf, RouteId } from '../api/index.ts';
import type { Result } from '../core/failure.ts';
import type { Actor } from '../fleet/common.ts';
import type { RuleRunner } from '../gate/policy/run-rules.ts';
import type { TrustRule, VerifiedClaims } from '../pipelines/trust.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterConnector } from '../ports/cluster-connector.ts';
import type { EventPublisher } from '../ports/events.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { ScanStarter } from '../ports/scan-starter.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { Signer } from '../ports/signer.ts';
import type { WebhookTester } from '../ports/webhook-tester.ts';
import type { Records } from '../records/index.ts';

/** What somebody may do: the union of all roles, at the time of the call. */
export interface Grants {
  /** In the tenant, or in one project. */
  may(permission: string, projectId?: string): boolean;
  /** Whether the project exists for the caller: without it every answer about it is 404. */
  sees(projectId: string): boolean;
  /** Everything that may be done, in the tenant or in one project. */
  list(projectId?: string): readonly string[];
}

/** A job of a release system that shows a token of its own. What it may ask is decided by the rules that fit its claims, never by roles. */
export interface PipelineCaller {
  /** Claims whose signature was checked by the keys of their issuer. */
  readonly claims: VerifiedClaims;
  /** The rules that fit these claims now, with the project each of them is of; one at least. */
  readonly rules: readonly (TrustRule & { readonly projectId: string })[];
}

/** Who calls. */
export interface Caller {
  readonly actor: Actor;
  /** The person behind it: the actor, or the owner of the token that was used. Four eyes are two of these. */
  readonly personId: string;
  readonly grants: Grants;
  /** Only of an actor of type `pipeline`. */
  readonly pipeline?: PipelineCaller;
}

/** One call of a route: validated input, an authenticated caller who may call it, and for changes the revision the caller saw. */
export type Call<Id extends RouteId> = InputOf<Id> & {
  readonly caller: Caller;
  readonly ifMatch?: number | undefined;
  readonly requestId: string;
};

/** What a route answers when it went well. */
export interface Done<T> {
  readonly body: T;
  /** For versioned routes: becomes the ETag. */
  readonly revision?: number;
  /** One of the other statuses of the route, see `Row`. */
  readonly status?: number;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
  /** Path of what was made. */
  readonly location?: string;
  /** What it was done to, for the audit record: `clusters/cls-…`. */
  readonly target?: string;
}

export type Handler<Id extends RouteId> = (call: Call<Id>) => Promise<Result<Done<AnswerOf<Id>>>>;
export type Handlers = { readonly [Id in RouteId]: Handler<Id> };
/** The handlers of some routes. */
export type HandlersOf<Prefix extends string> = { readonly [Id in Extract<RouteId, `${Prefix}.${string}`>]: Handler<Id> };

/** What the service works with. Made once per process from one set of adapters. */
export interface ServicePorts {
  readonly version: string;
  readonly records: Records;
  /** Short-lived records: idempotency keys, sign-ins. */
  readonly shortLived: RecordStore;
  readonly objects: ObjectStore;
  readonly secrets: SecretStore;
  readonly events: EventPublisher;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly connector: ClusterConnector;
  readonly starter: ScanStarter;
  readonly webhooks: WebhookTester;
  /** Computes rules of policies that are tried, in a thread that can be killed; not the one of evaluations, which wait for nobody's trial. */
  readonly rules: RuleRunner;
}
