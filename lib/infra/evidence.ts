import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface EvidenceProps {
  readonly key: IKey;
  readonly lock: 'governance' | 'compliance';
  readonly lockDays: number;
}

/** Where sealed reports lie: written once, locked, encrypted, reached over TLS 1.2 or better only. Stays when the stack goes. */
export class Evidence extends Construct {
  private readonly bucket: Bucket;
  private readonly key: IKey;
  private readonly lock: EvidenceProps['lock'];
  private readonly lockDays: number;
  /** All objects, as the functions of another stack name them. Exported here and not by the way, because a reason given to cdk-nag must spell it. */
  private readonly objects: string;
  /** Those among them that hold evaluations. */
  private readonly evaluations: string;

  constructor(scope: Construct, id: string, { key, lock, lockDays }: EvidenceProps) {
    super(scope, id);
    this.key = key;
    this.lock = lock;
    this.lockDays = lockDays;
    const retention = Duration.days(lockDays);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        lock === 'compliance' ? ObjectLockRetention.compliance(retention) : ObjectLockRetention.governance(retention),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: accessLogs(this),
      serverAccessLogsPrefix: 'evidence/',
      lifecycleRules: [
        {
          id: 'cheaper-with-age',
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
            // still readable at once: an auditor does not wait for hours
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(120) },
          ],
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          expiredObjectDeleteMarker: true,
        },
        // only versions that were deleted on purpose, after their lock: a lock wins over every lifecycle
        { id: 'deleted-versions-go', noncurrentVersionExpiration: Duration.days(30) },
      ],
    });
    this.bucket.addToResourcePolicy(writtenOnce(this.bucket));
    this.objects = `${Stack.of(this).exportValue(this.bucket.bucketArn)}/*`;
    // as lib/workflows/evaluation-run names them
    this.evaluations = this.objects.replace(/[*]$/, 'projects/*/clusters/*/evaluations/*');
  }

  /** Adds objects and locks them; overwrites nothing (the bucket's policy refuses it). */
  allowWriting(to: GatehouseFunction): void {
    this.name(to);
    to.set('lockMode', this.lock.toUpperCase());
    to.set('lockDays', String(this.lockDays));
    to.allow('EvidenceWrite', ['s3:PutObject', 's3:PutObjectRetention'], [this.objects]);
    this.allowKey(to, 'EvidenceSeal', ['kms:GenerateDataKey', 'kms:Decrypt']);
    this.explainObjects(to);
  }

  /** Reads and lists versions, and signs links with which people download them. */
  allowReading(to: GatehouseFunction): void {
    this.name(to);
    to.allow('EvidenceRead', ['s3:GetObject', 's3:GetObjectVersion'], [this.objects]);
    to.allow('EvidenceList', ['s3:ListBucket', 's3:ListBucketVersions'], [this.bucket.bucketArn]);
    this.allowKey(to, 'EvidenceOpen', ['kms:Decrypt']);
    this.explainObjects(to);
  }

  /** Reads evaluations by their keys, to tell whoever asked; lists nothing, and sees no report. */
  allowReadingEvaluations(to: GatehouseFunction): void {
    this.name(to);
    to.allow('EvaluationsRead', ['s3:GetObject', 's3:GetObjectVersion'], [this.evaluations]);
    this.allowKey(to, 'EvaluationsOpen', ['kms:Decrypt']);
    to.explainWildcard(
      this.evaluations,
      'Keys of evaluations are made from ids at run time; the wildcards cover evaluations of this one bucket.',
    );
  }

  /** Deletes versions whose lock has ended; by-passing a lock takes a right that nobody here gets. */
  allowRemoving(to: GatehouseFunction): void {
    this.name(to);
    to.allow('EvidenceFind', ['s3:ListBucketVersions'], [this.bucket.bucketArn]);
    to.allow('EvidenceRemove', ['s3:DeleteObjectVersion', 's3:GetObjectRetention'], [this.objects]);
    this.explainObjects(to);
  }

  private name(to: GatehouseFunction): void {
    to.set('evidenceBucket', this.bucket.bucketName);
  }

  private allowKey(to: GatehouseFunction, sid: string, actions: readonly string[]): void {
    to.allow(sid, actions, [this.key.keyArn], {
      StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` },
    });
  }

  private explainObjects(to: GatehouseFunction): void {
    to.explainWildcard(this.objects, 'Keys of evidence are made from ids at run time; the wildcard covers the objects of this one bucket.');
  }
}

/** Refuses every write that could replace an object: it must say `If-None-Match: *`. Parts of a multipart upload carry no condition, but its completion does. */
const writtenOnce = (bucket: Bucket): PolicyStatement =>
  new PolicyStatement({
    sid: 'WriteOnce',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  });

/** Server access logs of the evidence bucket. S3 delivers them only with its own key, and to a bucket without a default lock. */
const accessLogs = (scope: Construct): Bucket => {
  const logs = new Bucket(scope, 'AccessLogs', {
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{ id: 'a-year', expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) }],
  });
  acknowledge(logs, 'S1', 'It holds the access logs themselves; logging it into itself would never end.');
  return logs;
};
