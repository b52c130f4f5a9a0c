import { Form, Input, Modal, Progress } from 'antd';
import { useEffect, useState } from 'react';

import { type Asset, libraryApi } from '../../../../contracts/library.ts';
import { richTextLimits } from '../../../../contracts/rich-text.ts';
import { useClient } from '../../../lib/services.tsx';
import { useAct } from '../../../ui/use-act.ts';
import { type ImageAttributes, imageAddress } from './body-extensions.ts';

interface UploadProps {
  readonly file: File | null;
  /** How many more pictures come after this one. */
  readonly waiting: number;
  readonly unitId: string;
  readonly onSkip: () => void;
  readonly onUploaded: (attributes: ImageAttributes) => void;
}

/** A picture enters the body only with words for those who cannot see it. */
export function ImageDialog({ file, waiting, unitId, onSkip, onUploaded }: UploadProps) {
  const client = useClient();
  const [share, setShare] = useState(0);
  const upload = useAct<ImageWords, Asset>({
    act: () => {
      if (file === null) throw new Error('no picture to upload');
      return client.upload(libraryApi.uploadAsset, { fields: { unitId }, file, onProgress: setShare });
    },
    onDone: (asset, words) => {
      onUploaded({ assetId: asset.id, ...words });
    },
  });
  const source = useObjectUrl(file);
  return (
    <ImageWordsModal
      open={file !== null}
      title={waiting > 0 ? `插入图片（后面还有 ${waiting} 张）` : '插入图片'}
      okText="上传并插入"
      source={source}
      words={{ alt: '', title: null }}
      busy={upload.isPending}
      onClose={onSkip}
      onWords={(words) => {
        upload.mutate(words);
      }}
    >
      {upload.isPending ? <Progress percent={Math.round(share * 100)} aria-label="上传进度" /> : null}
    </ImageWordsModal>
  );
}

interface EditProps {
  readonly image: ImageAttributes | null;
  readonly onClose: () => void;
  readonly onChanged: (attributes: ImageAttributes) => void;
}

/** The words of a picture that is already there. */
export function ImageWordsDialog({ image, onClose, onChanged }: EditProps) {
  return (
    <ImageWordsModal
      open={image !== null}
      title="图片说明"
      okText="确定"
      source={image === null ? null : imageAddress(image.assetId)}
      words={{ alt: image?.alt ?? '', title: image?.title ?? null }}
      busy={false}
      onClose={onClose}
      onWords={(words) => {
        if (image !== null) onChanged({ assetId: image.assetId, ...words });
      }}
    />
  );
}

type ImageWords = Omit<ImageAttributes, 'assetId'>;

interface ModalProps {
  readonly open: boolean;
  readonly title: string;
  readonly okText: string;
  readonly source: string | null;
  readonly words: ImageWords;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onWords: (words: ImageWords) => void;
  readonly children?: React.ReactNode;
}

function ImageWordsModal({
  open,
  title,
  okText,
  source,
  words,
  busy,
  onClose,
  onWords,
  children,
}: ModalProps) {
  const [form] = Form.useForm<{ alt: string; title?: string }>();
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      {source === null ? null : <img src={source} alt="待插入图片的预览" className="image-preview" />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ alt: words.alt, title: words.title ?? '' }}
        onFinish={({ alt, title: caption }) => {
          onWords({
            alt: alt.trim(),
            title: caption === undefined || caption.trim() === '' ? null : caption.trim(),
          });
        }}
      >
        <Form.Item
          name="alt"
          label="图片内容说明（必填）"
          extra="用一句话说出图上有什么，读屏软件会读给看不见图的人。"
          rules={[{ required: true, whitespace: true, message: '请说明图片内容' }]}
        >
          <Input maxLength={richTextLimits.altCharacters} autoFocus />
        </Form.Item>
        <Form.Item name="title" label="图下说明（可不填）">
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      {children}
    </Modal>
  );
}

function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    const made = URL.createObjectURL(file);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address must be given back in the clean-up
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return file === null ? null : url;
}
