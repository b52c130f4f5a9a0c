import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Input, Progress } from 'antd';
import { type DragEvent, useRef, useState } from 'react';

import { type Attachment, libraryApi } from '../../../contracts/library.ts';
import { ApiError, sentenceOf } from '../../lib/api-error.ts';
import { addressOf } from '../../lib/client.ts';
import { useClient } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AssetPreviewDialog } from './asset-preview.tsx';

interface Props {
  readonly value: readonly Attachment[];
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange: (attachments: readonly Attachment[]) => void;
}

interface Running {
  readonly key: number;
  readonly name: string;
  readonly share: number;
  readonly error: string | null;
}

/** Files of a resource: dropped or picked, each with its progress, in the order readers see. */
export function AttachmentList({ value, unitId, readOnly, onChange }: Props) {
  const { running, add, dismiss } = useUploads(unitId, value, onChange);
  const [over, setOver] = useState(false);
  const [shown, setShown] = useState<Attachment | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add(Array.from(event.dataTransfer.files));
  };
  const replace = (index: number, attachment: Attachment): void => {
    onChange(value.map((one, at) => (at === index ? attachment : one)));
  };
  return (
    <div className="attachments">
      {value.length === 0 ? null : (
        <ul>
          {value.map((attachment, index) => (
            <li key={attachment.assetId}>
              <AttachmentRow
                attachment={attachment}
                index={index}
                count={value.length}
                readOnly={readOnly}
                onPreview={() => {
                  setShown(attachment);
                }}
                onRename={(name) => {
                  replace(index, { ...attachment, name });
                }}
                onMove={(step) => {
                  onChange(moved(value, index, step));
                }}
                onRemove={() => {
                  onChange(value.filter((_, at) => at !== index));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {running.map((one) => (
        <div key={one.key} className="upload-row" role={one.error === null ? undefined : 'alert'}>
          <span>{one.name}</span>
          {one.error === null ? (
            <Progress
              percent={Math.round(one.share * 100)}
              size="small"
              aria-label={`${one.name} 上传进度`}
            />
          ) : (
            <span className="problem">
              {one.error}
              <Button
                type="link"
                size="small"
                onClick={() => {
                  dismiss(one.key);
                }}
              >
                知道了
              </Button>
            </span>
          )}
        </div>
      ))}
      <AssetPreviewDialog
        attachment={shown}
        onClose={() => {
          setShown(null);
        }}
      />
      {readOnly ? null : (
        <div
          className={`dropzone${over ? ' dropzone-over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => {
            setOver(false);
          }}
          onDrop={drop}
        >
          <Icon of={InboxOutlined} />
          <span>把文件拖到这里，或</span>
          <Button onClick={() => picker.current?.click()}>选择附件</Button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="选择附件"
            onChange={(event) => {
              add(Array.from(event.target.files ?? []));
              event.target.value = '';
            }}
          />
        </div>
      )}
    </div>
  );
}

function moved(list: readonly Attachment[], index: number, step: 1 | -1): readonly Attachment[] {
  const next = [...list];
  const [taken] = next.splice(index, 1);
  if (taken !== undefined) next.splice(index + step, 0, taken);
  return next;
}

interface RowProps {
  readonly attachment: Attachment;
  readonly index: number;
  readonly count: number;
  readonly readOnly: boolean;
  readonly onPreview: () => void;
  readonly onRename: (name: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onRemove: () => void;
}

function AttachmentRow({ attachment, index, count, readOnly, ...on }: RowProps) {
  const { onPreview, onRename, onMove, onRemove } = on;
  const { assetId, name } = attachment;
  const preview = (
    <Button type="link" size="small" aria-label={`预览 ${name}`} onClick={onPreview}>
      预览
    </Button>
  );
  const href = addressOf(libraryApi.getAssetContent.path, { params: { id: assetId } });
  if (readOnly) {
    return (
      <>
        <a href={href}>{name}</a>
        {preview}
      </>
    );
  }
  return (
    <>
      <Input
        aria-label={`附件 ${index + 1} 的名称`}
        value={name}
        maxLength={200}
        onChange={(event) => {
          onRename(event.target.value);
        }}
      />
      {preview}
      <a href={href}>下载</a>
      <Button
        type="text"
        icon={<Icon of={ArrowUpOutlined} />}
        aria-label={`上移 ${name}`}
        disabled={index === 0}
        onClick={() => {
          onMove(-1);
        }}
      />
      <Button
        type="text"
        icon={<Icon of={ArrowDownOutlined} />}
        aria-label={`下移 ${name}`}
        disabled={index === count - 1}
        onClick={() => {
          onMove(1);
        }}
      />
      <Button
        type="text"
        danger
        icon={<Icon of={DeleteOutlined} />}
        aria-label={`移除 ${name}`}
        onClick={onRemove}
      />
    </>
  );
}

function useUploads(unitId: string, value: readonly Attachment[], onChange: Props['onChange']) {
  const client = useClient();
  const [running, setRunning] = useState<readonly Running[]>([]);
  const serial = useRef(0);
  // Several uploads end one after the other; each must add to what the one before left.
  const current = useRef(value);
  const change = (key: number, part: Partial<Running>): void => {
    setRunning((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  };
  const dismiss = (key: number): void => {
    setRunning((all) => all.filter((one) => one.key !== key));
  };
  const send = async (file: File): Promise<void> => {
    const key = ++serial.current;
    setRunning((all) => [...all, { key, name: file.name, share: 0, error: null }]);
    try {
      const asset = await client.upload(libraryApi.uploadAsset, {
        fields: { unitId },
        file,
        onProgress: (share) => {
          change(key, { share });
        },
      });
      if (!current.current.some(({ assetId }) => assetId === asset.id)) {
        current.current = [...current.current, { assetId: asset.id, name: asset.fileName }];
        onChange(current.current);
      }
      dismiss(key);
    } catch (error) {
      change(key, { error: error instanceof ApiError ? error.title : sentenceOf(error) });
    }
  };
  const add = (files: readonly File[]): void => {
    current.current = value;
    void files.reduce((before, file) => before.then(() => send(file)), Promise.resolve());
  };
  return { running, add, dismiss };
}
