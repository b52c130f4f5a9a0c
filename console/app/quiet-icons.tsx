import {
  CheckCircleFilled,
  CloseCircleFilled,
  DownOutlined,
  ExclamationCircleFilled,
  InfoCircleFilled,
} from '@ant-design/icons';
import type { ConfigProviderProps } from 'antd';

import { Icon } from '../ui/icon.tsx';

const icons = {
  infoIcon: <Icon of={InfoCircleFilled} />,
  successIcon: <Icon of={CheckCircleFilled} />,
  warningIcon: <Icon of={ExclamationCircleFilled} />,
  errorIcon: <Icon of={CloseCircleFilled} />,
};

/** The icons that notices, questions and choices bring along: beside words, so not to be read aloud by their English names. */
export const quietIcons: ConfigProviderProps = {
  alert: icons,
  modal: icons,
  // oxlint-disable-next-line typescript/no-deprecated -- its successor is no setting for all selects
  select: { suffixIcon: <Icon of={DownOutlined} /> },
};
