import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';

import { sitesApi } from '../../contracts/sites.ts';
import { addressOf } from '../lib/client.ts';
import { queryFor } from '../lib/queries.ts';
import { useClient } from '../lib/services.tsx';
import { Loaded } from './states.tsx';

interface Props {
  readonly resourceId: string;
  /** The newest revision when absent. */
  readonly revision?: number;
  readonly title: string;
  /** Changes when the page behind the same address changed. */
  readonly stamp: string | number;
}

const widths = { phone: 390, tablet: 768, desktop: 1440 } as const;
type Device = keyof typeof widths;

/** The page as it will be, in the real template, as wide as a phone, a tablet or a desktop. */
export function PreviewFrame({ resourceId, revision, title, stamp }: Props) {
  const client = useClient();
  const [device, setDevice] = useState<Device>(() => (window.innerWidth < 768 ? 'phone' : 'desktop'));
  const input = { params: { id: resourceId }, query: revision === undefined ? {} : { revision } };
  const options = queryFor(client, sitesApi.previewResource, input);
  // Asked for once by itself, because a frame would show a refusal as raw text.
  const check = useQuery({
    queryKey: [...options.queryKey, stamp],
    queryFn: async ({ signal }) => {
      await client.call(sitesApi.previewResource, { ...input, signal });
      return true;
    },
    placeholderData: (before) => before,
  });
  const src = addressOf(sitesApi.previewResource.path, input);
  return (
    <div className="preview">
      <Segmented<Device>
        aria-label="预览宽度"
        value={device}
        onChange={setDevice}
        options={[
          { value: 'phone', label: '手机' },
          { value: 'tablet', label: '平板' },
          { value: 'desktop', label: '电脑' },
        ]}
      />
      <Loaded query={check} rows={8}>
        {() => <ScaledFrame key={`${src} ${stamp}`} src={src} title={title} width={widths[device]} />}
      </Loaded>
    </div>
  );
}

interface FrameProps {
  readonly src: string;
  readonly title: string;
  readonly width: number;
}

/**
 * A frame without scripts. It keeps its origin, because without one the browser would not send the session
 * along for the pictures of an unpublished page.
 */
function ScaledFrame({ src, title, width }: FrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const scale = size.width === 0 ? 1 : Math.min(1, size.width / width);
  return (
    <div ref={box} className="preview-box">
      <iframe
        src={src}
        title={title}
        sandbox="allow-same-origin"
        style={{
          width,
          height: size.height / scale,
          transform: `scale(${scale})`,
          left: Math.max(0, (size.width - width * scale) / 2),
        }}
      />
    </div>
  );
}
