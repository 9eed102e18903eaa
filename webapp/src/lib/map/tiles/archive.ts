/** The server's PMTiles file: what is in it, and how that is drawn. */

import { addProtocol, type StyleSpecification } from 'maplibre-gl';
import { PMTiles, Protocol, TileType, type Header } from 'pmtiles';
import type { Colours } from '../palette';
import { OtherLayers } from './failure';
import { creditsOf, hasLayers } from './layers';
import { pictureStyle } from './picture-style';
import { vectorStyle } from './vector-style';

export interface Archive {
  style(colours: Colours, language: string): StyleSpecification;
  /** HTML. */
  credits: readonly string[];
}

const protocol = new Protocol();
addProtocol('pmtiles', protocol.tile);

/** Reads the head of a file. Rejects where it can't be read, or holds what is not drawn here. */
export async function openArchive(address: string): Promise<Archive> {
  const url = new URL(address, location.href).href;
  const file = new PMTiles(url);
  const [header, about] = await Promise.all([file.getHeader(), file.getMetadata()]);
  // Tiles are asked for by the address of the file that they lie in.
  protocol.add(file);
  const source = {
    tiles: [`pmtiles://${url}/{z}/{x}/{y}`],
    minzoom: header.minZoom,
    maxzoom: header.maxZoom,
    bounds: boundsOf(header),
  };
  const credits = creditsOf(about);
  if (header.tileType !== TileType.Mvt && header.tileType !== TileType.Mlt)
    return { style: (colours) => pictureStyle(source, colours), credits };
  if (!hasLayers(about)) throw new OtherLayers('the file is not a Protomaps basemap');
  const encoding = header.tileType === TileType.Mlt ? 'mlt' : 'mvt';
  return { style: (colours, language) => vectorStyle({ ...source, encoding }, colours, language), credits };
}

/** A file that does not say where it ends holds the world. */
function boundsOf({ minLon, minLat, maxLon, maxLat }: Header): [number, number, number, number] {
  return minLon < maxLon && minLat < maxLat ? [minLon, minLat, maxLon, maxLat] : [-180, -85.051129, 180, 85.051129];
}
