import type { Examples } from '../examples.ts';
import { profileBlock } from '../../pages/blocks.examples.ts';
import { ProfileBlock } from './profile-block.tsx';

export const profileBlockExamples: Examples = {
  'with facts': <ProfileBlock block={profileBlock} id="profile" />,
  'text only': <ProfileBlock block={{ ...profileBlock, facts: [] }} id="profile" />,
};
