import type { ResultOf } from '$lib/api/graphql';
import type { ViewedAsset } from './asset.gql';

/** One asset as the viewer knows it. */
export type Asset = NonNullable<ResultOf<typeof ViewedAsset>['asset']>;
export type Exposure = NonNullable<Asset['exposure']>;
export type Camera = NonNullable<Asset['camera']>;
export type Position = NonNullable<Asset['position']>;
export type Place = NonNullable<Asset['place']>;
