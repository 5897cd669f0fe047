import { useWords } from "../kit/words.tsx";

/** The foot of a list that goes on. */
export const More = ({
  pages,
}: {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}) => {
  const { screens } = useWords();
  return pages.hasNextPage ? (
    <div className="pager">
      <button
        type="button"
        className="btn plain s"
        onClick={() => void pages.fetchNextPage()}
        aria-disabled={pages.isFetchingNextPage}
      >
        {pages.isFetchingNextPage ? screens.kit.loadingMore : screens.kit.more}
      </button>
    </div>
  ) : null;
};
