import { configure } from '@testing-library/react';

// A second is too short for what a component does on a machine that has much else to do.
configure({ asyncUtilTimeout: 10_000 });
