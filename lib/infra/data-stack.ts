import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DataKey } from './data-key.ts';
import { Evidence } from './evidence.ts';
import { RecordTable } from './record-table.ts';
import type { Settings } from './settings.ts';
import { SigningKey } from './signing-key.ts';

/** Everything that must outlive a deployment. Nothing in it is deleted with it. */
export class DataStack extends Stack {
  readonly encryption: DataKey;
  readonly evidence: Evidence;
  readonly records: RecordTable;
  readonly shortLived: RecordTable;
  readonly signing: SigningKey;

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { readonly settings: Settings }) {
    super(scope, id, { ...props, description: 'Gatehouse: evidence, records and keys', terminationProtection: true });
    this.encryption = new DataKey(this, 'Encryption');
    const { key } = this.encryption;
    this.evidence = new Evidence(this, 'Evidence', { key, lock: settings.lock, lockDays: settings.lockDays });
    this.records = new RecordTable(this, 'Records', { key, setting: 'recordTable', indexes: ['due', 'open', 'expiring'] });
    this.shortLived = new RecordTable(this, 'ShortLived', { key, setting: 'shortLivedTable', indexes: [] });
    this.signing = new SigningKey(this, 'Signing');
  }
}
